using System.Globalization;

namespace CryoHub.Imaging.Pictures;

/// <summary>Letters for scale bars and legends, five pixels wide and seven high.</summary>
public static class Glyphs
{
    public const int Width = 5, Height = 7;

    /// <summary>Each letter and its seven rows from the top, two hexadecimal digits a row, the leftmost pixel in bit 4.</summary>
    private const string Letters =
        "A:0E11111F111111 B:1E11111E11111E C:0E11101010110E D:1E11111111111E E:1F10101E10101F F:1F10101E101010 G:0E11101711110F H:1111111F111111 I:0E04040404040E J:0702020202120C K:11121418141211 " +
        "L:1010101010101F M:111B1515111111 N:11191513111111 O:0E11111111110E P:1E11111E101010 Q:0E11111115120D R:1E11111E141211 S:0F10100E01011E T:1F040404040404 U:1111111111110E V:11111111110A04 " +
        "W:111111151B1111 X:11110A040A1111 Y:11110A04040404 Z:1F01020408101F a:00000E010F110F b:10101E1111111E c:00000E1010100E d:01010F1111110F e:00000E111F100E f:06081C08080808 g:000F11110F010E " +
        "h:10101E11111111 i:04000C0404040E k:10101214181412 l:0C04040404040E m:00001A15151515 n:00001619111111 o:00000E1111110E p:001E11111E1010 r:00001619101010 s:00000F100E011E t:08081C08080806 " +
        "u:0000111111110F v:00001111110A04 w:0000111115150A x:0000110A040A11 y:001111110F010E z:00001F0204081F 0:0E11131519110E 1:040C040404040E 2:0E11010608101F 3:1F02040201110E 4:02060A121F0202 " +
        "5:1F101E0101110E 6:0608101E11110E 7:1F010204080808 8:0E11110E11110E 9:0E11110F01020C .:00000000000C0C %:18190204081303 -:0000001F000000 +:0004041F040400 ";

    private static readonly Dictionary<char, byte[]> Rows = Letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(
        letter => letter[0], letter => Enumerable.Range(0, Height).Select(row => byte.Parse(letter.AsSpan(2 + (2 * row), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray());

    static Glyphs() => Rows['\u00b5'] = [0x00, 0x11, 0x11, 0x11, 0x13, 0x1D, 0x10];

    /// <summary>Whether the pixel of a letter is ink; letters that are not known, and blanks, have none.</summary>
    public static bool IsInk(char letter, int x, int y) => Rows.TryGetValue(letter, out var rows) && (rows[y] >> (Width - 1 - x) & 1) != 0;

    /// <summary>Writes a line of text into rows of 8-bit pixels of <paramref name="channels"/> bytes; what lies outside is left out.</summary>
    public static void Draw(Span<byte> pixels, int width, int channels, int left, int top, int scale, string text, ReadOnlySpan<byte> colour)
    {
        var height = pixels.Length / (width * channels);
        for (var i = 0; i < text.Length; i++)
        {
            for (var y = 0; y < Height * scale; y++)
            {
                for (var x = 0; x < Width * scale; x++)
                {
                    var (column, row) = (left + (i * (Width + 1) * scale) + x, top + y);
                    if (IsInk(text[i], x / scale, y / scale) && column >= 0 && column < width && row >= 0 && row < height)
                    {
                        colour[..channels].CopyTo(pixels[(((row * width) + column) * channels)..]);
                    }
                }
            }
        }
    }

    /// <summary>Pixels that a line of text is wide.</summary>
    public static int WidthOf(string text, int scale) => text.Length == 0 ? 0 : (((Width + 1) * text.Length) - 1) * scale;
}
