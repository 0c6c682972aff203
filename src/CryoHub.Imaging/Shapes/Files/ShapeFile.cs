namespace CryoHub.Imaging.Shapes.Files;

/// <summary>What a file of shapes holds.</summary>
/// <param name="Format">Name of its format.</param>
/// <param name="Shapes">In the order of the file, in pixels of the picture; not yet checked by <see cref="ShapeRules"/>.</param>
/// <param name="Warnings">What could not be taken over, in words.</param>
public sealed record ShapeFile(string Format, IReadOnlyList<ShapeFeature> Shapes, IReadOnlyList<string> Warnings);
