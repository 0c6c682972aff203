namespace CryoHub.Formats;

/// <summary>How sure a reader is that a file is its own, from the first bytes and the name alone.</summary>
public enum Match { No, Maybe, Certain }
