namespace CryoHub.Platform.Annotations.Imports;

/// <summary>What becomes of a class that a file names.</summary>
/// <param name="Named">As the file writes it; empty for shapes without a class.</param>
/// <param name="Key">Of the class in the project; empty where there is none.</param>
/// <param name="Name">Of the class in the project.</param>
/// <param name="Colour">Its colour there.</param>
/// <param name="IsNew">It would have to be made.</param>
/// <param name="Count">Shapes of it that would be drawn.</param>
public sealed record ImportClass(string Named, string Key, string Name, string Colour, bool IsNew, int Count);
