using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>A class of a project's vocabulary.</summary>
/// <param name="Kinds">What it may be drawn with; empty for all.</param>
/// <param name="MergedInto">Key of the class that took it in.</param>
/// <param name="IsBuiltIn">It came with CryoHub; the project may word it anew.</param>
/// <param name="Version">0 while the project has not changed it.</param>
public sealed record ClassRow(
    string Key, string Name, string Definition, string Colour, string Shortcut, IReadOnlyList<ShapeKind> Kinds, string Ontology, string? MergedInto, bool IsBuiltIn,
    uint Version);
