namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>Where things stand in an ImageJ selection (big-endian; ImageJ's RoiDecoder, https://imagej.net/ij/developer/source/ij/io/RoiDecoder.java.html).</summary>
internal static class RoiLayout
{
    public const int HeaderBytes = 64;

    public const int VersionAt = 4;
    public const int TypeAt = 6;
    public const int Top = 8;
    public const int Left = 10;
    public const int Bottom = 12;
    public const int Right = 14;
    public const int Count = 16;         // of places, 16 bits; where it is 0, 32 bits at 18
    public const int Floats = 18;        // four: x1, y1, x2, y2 of a line, or x, y, width, height with fractions
    public const int ShapeFloats = 36;   // how many describe a composite; 0 for all others
    public const int StrokeColour = 40;
    public const int FillColour = 44;
    public const int Subtype = 48;
    public const int Options = 50;
    public const int Ratio = 52;         // of an ellipse's axes, or the width of a turned rectangle
    public const int Position = 56;      // slice from 1; 0 for all, or where the second header tells channel, slice and frame
    public const int Header2 = 60;

    // Of the second header.
    public const int Channel = 4;
    public const int Slice = 8;
    public const int Frame = 12;
    public const int NameAt = 16;
    public const int NameLength = 20;
    public const int Group = 30;
    public const int PropertiesAt = 40;
    public const int PropertiesLength = 44;
    public const int CountersAt = 48;
    public const int Header2Bytes = 64;

    public const int SubPixel = 128;     // an option: places follow once more as floats

    public const byte Polygon = 0;
    public const byte Rectangle = 1;
    public const byte Oval = 2;
    public const byte Line = 3;
    public const byte Freeline = 4;
    public const byte Polyline = 5;
    public const byte Freehand = 7;
    public const byte Traced = 8;
    public const byte Angle = 9;
    public const byte Point = 10;

    public const int Text = 1;
    public const int Arrow = 2;
    public const int Ellipse = 3;
    public const int Image = 4;
    public const int TurnedRectangle = 5;
}
