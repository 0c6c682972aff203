namespace CryoHub.Platform.Results;

/// <summary>What the result page can draw.</summary>
public enum ResultKind { Number, Curve, Table, Image, Volume, File }
