//! Every command of the platform.

use crate::StreamId;
use crate::decide::Decide;
use crate::delivery::{
    AcceptOffer, AssignDelivery, DeclineOffer, DeliverDelivery, DepartDelivery, FailDeliveryAttempt,
    OfferDelivery, PickUpDelivery, ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn,
    TransferDelivery, UnassignDelivery,
};
use crate::order::{AddOrderNote, CancelOrder, ExpireOrder, PlaceOrder};
use crate::payment::{
    ConfirmPayment, CreatePayment, RecordAuthorisation, RecordCapture, RecordDecline,
    RecordPaymentActionRequired, RecordRefund, RecordRefundFailure, RecordVoid, RequestRefund,
    ResolvePaymentAction,
};
use crate::privacy::{RecordErasure, RequestErasure};
use crate::product::{ChangeProduct, ListProduct, RelistProduct, WithdrawProduct};
use crate::returns::{ApproveReturn, ReceiveReturn, RejectReturn, RequestReturn};
use crate::stock::{AdjustStock, ReceiveStock};

macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// A command. Commands carry all new ids, so that decisions need no randomness.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name($name),
            )+
        }

        impl Command {
            /// The name of the command, e.g. `PlaceOrder`.
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
    PlaceOrder, CancelOrder, ExpireOrder, AddOrderNote,
    CreatePayment, ConfirmPayment, ResolvePaymentAction,
    RecordPaymentActionRequired, RecordAuthorisation, RecordDecline, RecordCapture, RecordVoid,
    RequestRefund, RecordRefund, RecordRefundFailure,
    OfferDelivery, DeclineOffer, AcceptOffer, AssignDelivery, UnassignDelivery,
    PickUpDelivery, DepartDelivery, FailDeliveryAttempt, StartDeliveryReturn, ReturnDeliveryToSender,
    DeliverDelivery, TransferDelivery, ReopenDelivery,
    RequestReturn, ApproveReturn, RejectReturn, ReceiveReturn,
    RequestErasure, RecordErasure,
}

impl Command {
    /// The stream whose id and version the answer contains. Every accepted command with events writes to it.
    pub fn primary_stream(&self) -> StreamId {
        self.as_decide().primary_stream()
    }

    /// The streams that the command is known to need, to be loaded ahead. Their contents may require more: see [`crate::Refusal::NeedStreams`].
    pub fn streams(&self) -> Vec<StreamId> {
        self.as_decide().streams()
    }

    /// Those of [`Self::streams`] that the command creates under a new id. They need not be loaded: their state is
    /// [`crate::StreamState::initial`], and the append fails if that is wrong.
    pub fn new_streams(&self) -> Vec<StreamId> {
        self.as_decide().new_streams()
    }
}
