using System.Collections.Frozen;
using System.Globalization;

namespace CryoHub.Formats.Neware;

/// <summary>Numbers that stand for something else in Neware's files; as several authors found them by comparing with the vendor's exports.</summary>
internal static class NewareCodes
{
    private static readonly FrozenDictionary<int, string> States = new Dictionary<int, string>
    {
        [1] = "CC_Chg",
        [2] = "CC_DChg",
        [3] = "CV_Chg",
        [4] = "Rest",
        [5] = "Cycle",
        [7] = "CCCV_Chg",
        [8] = "CP_DChg",
        [9] = "CP_Chg",
        [10] = "CR_DChg",
        [13] = "Pause",
        [16] = "Pulse",
        [17] = "SIM",
        [19] = "CV_DChg",
        [20] = "CCCV_DChg",
        [21] = "Control",
        [22] = "OCV",
        [26] = "CPCV_DChg",
        [27] = "CPCV_Chg",
    }.ToFrozenDictionary();

    public static string State(int code) => States.TryGetValue(code, out var name) ? name : code.ToString(CultureInfo.InvariantCulture);

    /// <summary>True for a step that charges at a current, a power or a voltage after one: these begin a cycle.</summary>
    public static bool Charges(int state) => state is 1 or 7 or 9;

    public static bool Discharges(int state) => state is 2 or 8 or 10 or 19 or 20 or 26;

    /// <summary>A simulated load counts as a discharge, whatever its direction.</summary>
    public static bool Simulates(int state) => state == 17;

    /// <summary>Milliamperes of one step of the stored current; the range is in mA, negative on some testers. NaN for a range that is out of all bounds.</summary>
    public static double Scale(int range) => range switch
    {
        0 => 0,
        -100_000_000 => 10,
        <= -1000 and >= -200_000 => 1e-2,
        <= -100 and > -1000 => 1e-3,
        <= -10 and > -100 => 1e-4,
        < 0 and > -10 => 1e-5,
        >= 1 and < 10 => 1e-4,
        >= 10 and < 100 => 1e-3,
        >= 100 and < 1000 => 1e-2,
        >= 1000 and <= 200_000 => 1e-1,
        _ => double.NaN,
    };

    /// <summary>What a channel beside the cell measures; the reference names it by one letter.</summary>
    public static string? Channel(int type) => type switch { 103 => "T", 335 => "t", 345 => "H", _ => null };
}
