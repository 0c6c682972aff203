namespace CryoHub.Platform.Facility;

/// <summary>How far somebody may use an instrument, weakest first: in training (every booking is approved), as a user, independently (needs no approval).</summary>
public enum QualificationLevel { Training, User, Independent }
