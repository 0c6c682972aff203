namespace CryoHub.Formats.Png;

/// <summary>The few letters that a scale bar needs, five pixels wide and seven high, one bit a pixel from the left.</summary>
internal static class Glyphs
{
    public const int Width = 5, Height = 7;

    private static readonly Dictionary<char, byte[]> Rows = new()
    {
        ['0'] = [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
        ['1'] = [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        ['2'] = [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
        ['5'] = [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
        ['n'] = [0b00000, 0b00000, 0b10110, 0b11001, 0b10001, 0b10001, 0b10001],
        ['m'] = [0b00000, 0b00000, 0b11010, 0b10101, 0b10101, 0b10101, 0b10101],
        ['p'] = [0b00000, 0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000],
        ['µ'] = [0b00000, 0b10001, 0b10001, 0b10001, 0b10011, 0b11101, 0b10000],
        [' '] = [0, 0, 0, 0, 0, 0, 0],
    };

    /// <summary>Whether the pixel of a letter is ink; scale bars are 1, 2 or 5 times a power of ten, so no other digits are asked for.</summary>
    public static bool IsInk(char letter, int x, int y) => (Rows[letter][y] >> (Width - 1 - x) & 1) != 0;
}
