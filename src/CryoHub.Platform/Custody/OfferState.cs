namespace CryoHub.Platform.Custody;

/// <summary>What became of a hand-over: only acceptance moves the item.</summary>
public enum OfferState { Open, Accepted, Declined, Withdrawn }
