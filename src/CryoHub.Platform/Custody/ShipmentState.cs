namespace CryoHub.Platform.Custody;

public enum ShipmentState { Packing, Sent, Arrived, Cancelled }
