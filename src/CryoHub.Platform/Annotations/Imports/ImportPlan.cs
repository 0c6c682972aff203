namespace CryoHub.Platform.Annotations.Imports;

/// <summary>What a file of shapes would do to a layer.</summary>
/// <param name="Format">Name of the file's format.</param>
/// <param name="Found">Shapes of the file.</param>
/// <param name="New">Those that would be drawn.</param>
/// <param name="There">Those that the layer has already, of the same kind, class, place and frames.</param>
/// <param name="Kinds">How many would be drawn of each kind.</param>
/// <param name="Classes">What becomes of the classes that the file names.</param>
/// <param name="LeftOut">Shapes that cannot be drawn.</param>
/// <param name="Reasons">Why not, for the first of them.</param>
/// <param name="Warnings">What else is not taken over, in words.</param>
/// <param name="MayMakeClasses">The person may add classes to the project.</param>
public sealed record ImportPlan(
    string Format, int Found, int New, int There, IReadOnlyList<ImportKind> Kinds, IReadOnlyList<ImportClass> Classes, int LeftOut, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Warnings, bool MayMakeClasses);
