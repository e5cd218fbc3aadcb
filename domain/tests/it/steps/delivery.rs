//! Steps about a delivery.

use domain::delivery::{
    AcceptOffer, AssignDelivery, CompletedBy, DeclineOffer, DeliverDelivery, FailDeliveryAttempt,
    OfferDelivery, PickUpDelivery, ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn,
    TransferDelivery, TransitStatus, UnassignDelivery,
};
use domain::{AccountId, Command, DeliveryId, DeliveryState, FreeText, StreamId, StreamState};

use crate::world::World;

use super::Step;

fn reason() -> String {
    "because".to_owned()
}

impl Step {
    /// The state of the step's delivery.
    pub(super) fn delivery(self, world: &World) -> DeliveryState {
        match world.state(&StreamId::Delivery(self.about().delivery_id)) {
            StreamState::Delivery(delivery) => delivery,
            other => panic!("{other:?}"),
        }
    }

    /// The command, which starts from the present status of the delivery, and sometimes from another one.
    pub(super) fn of_delivery(self, world: &World) -> Command {
        let (delivery_id, courier_id) = (self.about().delivery_id, self.courier_id());
        match self.kind {
            21 => OfferDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
            22 => DeclineOffer {
                delivery_id,
                courier_id,
                reason: FreeText::clear(reason()),
            }
            .into(),
            23 => AcceptOffer {
                delivery_id,
                courier_id,
            }
            .into(),
            24 => AssignDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
            25 => UnassignDelivery {
                delivery_id,
                reason: FreeText::clear(reason()),
            }
            .into(),
            26 => TransferDelivery {
                delivery_id,
                from_courier_id: self.delivery(world).courier_id().unwrap_or(courier_id),
                courier_id,
                reason: FreeText::clear(reason()),
            }
            .into(),
            27 => ReopenDelivery {
                delivery_id,
                reason: FreeText::clear(reason()),
            }
            .into(),
            _ => {
                let seen = self.delivery(world).transit_status().filter(|_| self.count > 0);
                let from = seen.unwrap_or(TransitStatus::OnTheWay);
                self.of_courier(delivery_id, courier_id, from)
            }
        }
    }

    fn of_courier(self, delivery_id: DeliveryId, courier_id: AccountId, from: TransitStatus) -> Command {
        match self.kind {
            28 => PickUpDelivery {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            29 => FailDeliveryAttempt {
                delivery_id,
                courier_id,
                from,
                reason: FreeText::clear(reason()),
            }
            .into(),
            30 => StartDeliveryReturn {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            31 => ReturnDeliveryToSender {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            _ => DeliverDelivery {
                delivery_id,
                by: CompletedBy::Admin {
                    reason: FreeText::clear(reason()),
                },
                from,
            }
            .into(),
        }
    }
}
