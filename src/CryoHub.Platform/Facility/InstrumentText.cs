namespace CryoHub.Platform.Facility;

/// <summary>All that a manager says about an instrument; an edit replaces all of it.</summary>
/// <param name="Capabilities">Keys of <see cref="Capability"/>.</param>
public sealed record InstrumentText(
    string Name, string? Model = null, string? Place = null, string? Notes = null, IReadOnlyList<string>? Capabilities = null, bool NeedsQualification = false, bool NeedsApproval = false);
