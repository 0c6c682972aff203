using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>What a person says about a class.</summary>
public sealed record ClassText(string? Name, string? Definition, string? Colour, string? Shortcut = null, IReadOnlyList<ShapeKind>? Kinds = null, string? Ontology = null);
