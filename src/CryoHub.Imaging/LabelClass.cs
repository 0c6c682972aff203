namespace CryoHub.Imaging;

/// <summary>What a pixel value of a label image or volume stands for.</summary>
/// <param name="Value">The pixel value.</param>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Red, green, blue as <c>#rrggbb</c>.</param>
public sealed record LabelClass(int Value, string Name, string Colour);
