using System.Text;

namespace CryoHub.Formats.Tests.Jeol;

/// <summary>Analysis Station files, byte for byte.</summary>
internal static class JeolBytes
{
    public static byte[] Group(string name, params byte[][] children) => [.. Keyword(name, 0, []), .. children.SelectMany(child => child), 0xFF];

    public static byte[] Value(string name, int type, byte[] value, params byte[][] children) => [.. Keyword(name, type, value), .. children.SelectMany(child => child), 0xFF];

    public static byte[] Text(string name, string value) => Value(name, 12, [.. Encoding.UTF8.GetBytes(value), 0]);

    public static byte[] Float(string name, float value) => Value(name, 4, BitConverter.GetBytes(value));

    public static byte[] Double(string name, double value) => Value(name, 5, BitConverter.GetBytes(value));

    /// <summary>A map of 2 x 4 pixels at 10 µm width, 0.02 keV a channel, zero energy in channel 50.</summary>
    public static byte[] Map(params ushort[] events)
    {
        byte[] tree =
        [
            .. new byte[12],
            .. Group("PTTD Param", Group("Params",
                Value("PARAMPAGE0", 12, [.. "SEM\0"u8], Float("ScanSize", 100)),
                Value("PARAMPAGE1", 12, [.. "EDXRF\0"u8], Group("Tpl", Group("T2", Value("DigZ", 2, [50, 0])))))),
            .. Group("PTTD Data", Group("AnalyzableMap MeasData",
                Group("Doc", Double("CoefA", 0.02), Double("CoefB", 0.1)),
                Group("Meas Cond", Text("Tpl", "T2"), Text("Pixels", "4x2")),
                Group("MeasCond", Float("AccKV", 15), Float("Mag", 10_000)))),
            0xFF,
        ];
        var head = new byte[304];
        BitConverter.TryWriteBytes(head, 304);
        "PTTDFILE"u8.CopyTo(head.AsSpan(4));
        BitConverter.TryWriteBytes(head.AsSpan(20), head.Length);
        BitConverter.TryWriteBytes(head.AsSpan(28), head.Length + tree.Length);
        BitConverter.TryWriteBytes(head.AsSpan(32), 2 * events.Length);
        BitConverter.TryWriteBytes(head.AsSpan(296), 43831.5);      // 2020-01-01, noon
        return [.. head, .. tree, .. events.SelectMany(BitConverter.GetBytes)];
    }

    private static byte[] Keyword(string name, int type, byte[] value) =>
        [1, .. BitConverter.GetBytes(name.Length + 1), .. Encoding.UTF8.GetBytes(name), 0, .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(value.Length), .. value];
}
