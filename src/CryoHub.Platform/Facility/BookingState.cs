namespace CryoHub.Platform.Facility;

/// <summary>Asked and confirmed bookings hold their time; refused and cancelled ones do not.</summary>
public enum BookingState { Asked, Confirmed, Refused, Cancelled }
