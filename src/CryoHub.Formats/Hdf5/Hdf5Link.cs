namespace CryoHub.Formats.Hdf5;

/// <summary>A name in a group and what it leads to.</summary>
/// <param name="Name">Name within the group.</param>
/// <param name="Kind">Hard (the object itself), soft (a path of this file) or external (a path of another file).</param>
/// <param name="Address">Where the object lies: the same for all hard links to one object.</param>
internal sealed record Hdf5Link(string Name, Hdf5LinkKind Kind, ulong Address);
