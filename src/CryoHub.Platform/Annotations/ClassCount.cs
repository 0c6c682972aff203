namespace CryoHub.Platform.Annotations;

/// <summary>How many shapes of a layer have a class, after merges; the empty key stands for none.</summary>
public sealed record ClassCount(string ClassKey, int Shapes);
