namespace CryoHub.Formats.Hdf5;

/// <summary>A list of records and its fields of numbers.</summary>
internal sealed record Hdf5Records(Hdf5Dataset Dataset, IReadOnlyList<string> Fields);
