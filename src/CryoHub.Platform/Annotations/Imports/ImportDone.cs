namespace CryoHub.Platform.Annotations.Imports;

/// <summary>What an import, or taking it back, has changed.</summary>
/// <param name="Id">Of the import; under it the shapes are taken back as one.</param>
/// <param name="Shapes">Drawn, taken away or brought back.</param>
/// <param name="Kept">Left as they are because somebody else has changed them since.</param>
/// <param name="Classes">Keys of classes that were made; they stay when the shapes are taken back.</param>
public sealed record ImportDone(Guid Id, int Shapes, int Kept, IReadOnlyList<string> Classes);
