namespace CryoHub.Imaging.Pictures;

/// <summary>Colour type of an 8-bit PNG, with the number the format gives it.</summary>
public enum PngColour : byte { Grey = 0, Rgb = 2, Rgba = 6 }
