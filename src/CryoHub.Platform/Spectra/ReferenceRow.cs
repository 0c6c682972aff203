namespace CryoHub.Platform.Spectra;

/// <summary>A reference spectrum and where it came from.</summary>
/// <param name="Sha256">Of the original file, hexadecimal; empty for what was calculated.</param>
/// <param name="AddedBy">Name of the person.</param>
public sealed record ReferenceRow(
    Guid Id, string Name, string Notes, Guid DatasetId, int Signal, string DatasetName, Guid ProjectId, string ProjectName, Guid LabId, string LabName,
    double? BeamEnergyKeV, string Sha256, string AddedBy, DateTimeOffset AddedAt, bool CanEdit);
