//! Every command of the platform.

use crate::StreamId;
use crate::decide::Decide;
use crate::delivery::{
    AcceptOffer, AssignDelivery, DeclineOffer, DeliverDelivery, DepartDelivery, FailDeliveryAttempt,
    OfferDelivery, PickUpDelivery, ReturnDeliveryToSender, StartDeliveryReturn, UnassignDelivery,
};
use crate::order::{CancelOrder, ExpireOrder, PlaceOrder};
use crate::payment::{
    ConfirmPayment, CreatePayment, RecordAuthorisation, RecordCapture, RecordDecline,
    RecordPaymentActionRequired, RecordRefund, RecordRefundFailure, RecordVoid, RequestRefund,
    ResolvePaymentAction,
};
use crate::product::{ChangeProduct, ListProduct, RelistProduct, WithdrawProduct};
use crate::returns::{ApproveReturn, ReceiveReturn, RejectReturn, RequestReturn};
use crate::stock::{AdjustStock, ReceiveStock};

macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// A requested change. Commands carry every new id, so that deciding needs no randomness.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name($name),
            )+
        }

        impl Command {
            /// The command's name, e.g. `PlaceOrder`.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)+
                }
            }

            pub(crate) fn as_decide(&self) -> &dyn Decide {
                match self {
                    $(Self::$name(command) => command,)+
                }
            }
        }

        $(impl From<$name> for Command {
            fn from(command: $name) -> Self {
                Self::$name(command)
            }
        })+
    };
}

commands! {
    ListProduct, ChangeProduct, WithdrawProduct, RelistProduct,
    ReceiveStock, AdjustStock,
    PlaceOrder, CancelOrder, ExpireOrder,
    CreatePayment, ConfirmPayment, ResolvePaymentAction,
    RecordPaymentActionRequired, RecordAuthorisation, RecordDecline, RecordCapture, RecordVoid,
    RequestRefund, RecordRefund, RecordRefundFailure,
    OfferDelivery, DeclineOffer, AcceptOffer, AssignDelivery, UnassignDelivery,
    PickUpDelivery, DepartDelivery, FailDeliveryAttempt, StartDeliveryReturn, ReturnDeliveryToSender,
    DeliverDelivery,
    RequestReturn, ApproveReturn, RejectReturn, ReceiveReturn,
}

impl Command {
    /// The stream whose id and version are in the answer. Every command that is accepted with events writes to it.
    pub fn primary_stream(&self) -> StreamId {
        self.as_decide().primary_stream()
    }

    /// The streams that the command itself names, so that they can be loaded in advance. Their states may require more:
    /// see [`crate::Refusal::NeedStreams`].
    pub fn streams(&self) -> Vec<StreamId> {
        self.as_decide().streams()
    }

    /// Those of [`Self::streams`] that the command creates under an id made for it. They need no loading: their
    /// state is [`crate::StreamState::initial`], and the append finds out if that was wrong.
    pub fn new_streams(&self) -> Vec<StreamId> {
        self.as_decide().new_streams()
    }
}
