using System.Globalization;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nrrd;

/// <summary>Numbers written as text, and bytes written as pairs of hexadecimal digits.</summary>
internal static class NrrdText
{
    public static byte[] Numbers(ReadOnlySpan<byte> text, PixelType pixel, long need)
    {
        if (need / pixel.Bytes() > (text.Length + 1) / 2)
        {
            throw ProblemException.Unreadable($"The header promises {need / pixel.Bytes()} numbers; {text.Length} characters of text cannot hold them.");
        }

        var bytes = new byte[need];
        var count = 0;
        while (count * pixel.Bytes() < need)
        {
            text = text.TrimStart(" \t\r\n,"u8);
            var end = text.IndexOfAny(" \t\r\n,"u8);
            var word = end < 0 ? text : text[..end];
            if (word.IsEmpty)
            {
                throw ProblemException.Unreadable($"The header promises {need / pixel.Bytes()} numbers; the text holds {count}.");
            }

            Put(word, pixel, bytes.AsSpan(count * pixel.Bytes(), pixel.Bytes()));
            text = text[word.Length..];
            count++;
        }

        return bytes;
    }

    public static byte[] Hex(ReadOnlySpan<byte> text, long need)
    {
        var bytes = new byte[Math.Min(need, (text.Length / 2) + 1)];
        var digits = 0;
        foreach (var character in text)
        {
            var digit = (char)character switch
            {
                >= '0' and <= '9' and var d => d - '0',
                >= 'a' and <= 'f' and var d => d - 'a' + 10,
                >= 'A' and <= 'F' and var d => d - 'A' + 10,
                _ => -1,
            };
            if (digit >= 0 && digits < 2 * need)
            {
                bytes[digits / 2] |= (byte)(digits % 2 == 0 ? digit << 4 : digit);
                digits++;
            }
        }

        return digits == 2 * need ? bytes : throw ProblemException.Unreadable($"The header promises {need} bytes; the text holds {digits} hexadecimal digits.");
    }

    private static void Put(ReadOnlySpan<byte> word, PixelType pixel, Span<byte> place)
    {
        var isWritten = pixel switch
        {
            PixelType.Int8 => Whole<sbyte>(word, place),
            PixelType.UInt8 => Whole<byte>(word, place),
            PixelType.Int16 => Whole<short>(word, place),
            PixelType.UInt16 => Whole<ushort>(word, place),
            PixelType.Int32 => Whole<int>(word, place),
            PixelType.UInt32 => Whole<uint>(word, place),
            PixelType.Int64 => Whole<long>(word, place),
            PixelType.UInt64 => Whole<ulong>(word, place),
            PixelType.Float32 => Real<float>(word, place),
            _ => Real<double>(word, place),
        };
        if (!isWritten)
        {
            throw ProblemException.Unreadable($"\"{System.Text.Encoding.Latin1.GetString(word[..Math.Min(40, word.Length)])}\" is no {pixel.Name()}.");
        }
    }

    private static bool Whole<T>(ReadOnlySpan<byte> word, Span<byte> place)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && MemoryMarshal.TryWrite(place, in number);

    private static bool Real<T>(ReadOnlySpan<byte> word, Span<byte> place)
        where T : unmanaged, System.Numerics.IFloatingPoint<T> =>
        T.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && MemoryMarshal.TryWrite(place, in number);
}
