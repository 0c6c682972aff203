namespace CryoHub.Platform.Spectra;

/// <summary>What people say about a reference spectrum.</summary>
public sealed record ReferenceText(string Name, string? Notes = null);
