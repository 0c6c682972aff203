namespace CryoHub.Imaging;

/// <summary>Why something cannot be done, as HTTP will say it: 422, 400, 409, 403.</summary>
public enum ProblemKind { Unreadable, Invalid, Conflict, Forbidden }
