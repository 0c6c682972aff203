using System.Collections.Frozen;

namespace CryoHub.Formats.BioLogic;

/// <summary>Number type of a column in a data record.</summary>
internal enum MprType { UInt8, UInt16, UInt32, Float32, Float64 }

/// <summary>What the column numbers of a data module stand for; names as EC-Lab exports them. Numbers found by several authors and here by comparing with exports.</summary>
internal static class MprColumns
{
    /// <summary>Columns that share one byte: number, name, bits.</summary>
    public static IReadOnlyList<(int Id, string Name, int Mask)> Flags { get; } =
        [(1, "mode", 0x03), (2, "ox/red", 0x04), (3, "error", 0x08), (21, "control changes", 0x10), (31, "Ns changes", 0x20), (65, "counter inc.", 0x80)];

    private static readonly FrozenDictionary<int, string> Float64 = new Dictionary<int, string>
    {
        [4] = "time/s",
        [7] = "dq/mA.h",
        [11] = "<I>/mA",
        [13] = "(Q-Qo)/mA.h",
        [23] = "dQ/mA.h",
        [24] = "cycle number",
        [74] = "|Energy|/W.h",
        [123] = "Energy charge/W.h",
        [124] = "Energy discharge/W.h",
        [125] = "Capacitance charge/µF",
        [126] = "Capacitance discharge/µF",
        [182] = "step time/s",
        [211] = "Q charge/discharge/mA.h",
        [379] = "Energy charge/W.h",
        [438] = "step time/s",
        [467] = "Q charge/discharge/mA.h",
        [880] = "Energy we/W.h",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, string> Float32 = new Dictionary<int, string>
    {
        [5] = "control/V/mA",
        [6] = "Ewe/V",
        [8] = "I/mA",
        [9] = "Ece/V",
        [16] = "Analog IN 1/V",
        [17] = "Analog IN 2/V",
        [19] = "control/V",
        [20] = "control/mA",
        [26] = "Rapp/Ohm",
        [27] = "Ewe-Ece/V",
        [32] = "freq/Hz",
        [33] = "|Ewe|/V",
        [34] = "|I|/A",
        [35] = "Phase(Z)/deg",
        [36] = "|Z|/Ohm",
        [37] = "Re(Z)/Ohm",
        [38] = "-Im(Z)/Ohm",
        [69] = "R/Ohm",
        [70] = "P/W",
        [75] = "Analog OUT/V",
        [76] = "<I>/mA",
        [77] = "<Ewe>/V",
        [78] = "Cs-2/µF-2",
        [96] = "|Ece|/V",
        [98] = "Phase(Zce)/deg",
        [99] = "|Zce|/Ohm",
        [100] = "Re(Zce)/Ohm",
        [101] = "-Im(Zce)/Ohm",
        [163] = "|Estack|/V",
        [168] = "Rcmp/Ohm",
        [169] = "Cs/µF",
        [172] = "Cp/µF",
        [173] = "Cp-2/µF-2",
        [174] = "<Ewe>/V",
        [178] = "(Q-Qo)/C",
        [179] = "dQ/C",
        [217] = "THD Ewe/%",
        [218] = "THD I/%",
        [220] = "NSD Ewe/%",
        [221] = "NSD I/%",
        [223] = "NSR Ewe/%",
        [224] = "NSR I/%",
        [230] = "|Ewe h2|/V",
        [231] = "|Ewe h3|/V",
        [232] = "|Ewe h4|/V",
        [233] = "|Ewe h5|/V",
        [234] = "|Ewe h6|/V",
        [235] = "|Ewe h7|/V",
        [236] = "|I h2|/A",
        [237] = "|I h3|/A",
        [238] = "|I h4|/A",
        [239] = "|I h5|/A",
        [240] = "|I h6|/A",
        [241] = "|E1|/V",
        [242] = "|E2|/V",
        [271] = "Phase(Z1)/deg",
        [272] = "Phase(Z2)/deg",
        [301] = "|Z1|/Ohm",
        [302] = "|Z2|/Ohm",
        [326] = "P/W",
        [331] = "Re(Z1)/Ohm",
        [332] = "Re(Z2)/Ohm",
        [361] = "-Im(Z1)/Ohm",
        [362] = "-Im(Z2)/Ohm",
        [391] = "<E1>/V",
        [392] = "<E2>/V",
        [422] = "Phase(Zstack)/deg",
        [423] = "|Zstack|/Ohm",
        [424] = "Re(Zstack)/Ohm",
        [425] = "-Im(Zstack)/Ohm",
        [426] = "<Estack>/V",
        [430] = "Phase(Zwe-ce)/deg",
        [431] = "|Zwe-ce|/Ohm",
        [432] = "Re(Zwe-ce)/Ohm",
        [433] = "-Im(Zwe-ce)/Ohm",
        [434] = "(Q-Qo)/C",
        [435] = "dQ/C",
        [441] = "<Ece>/V",
        [462] = "Temperature/°C",
        [471] = "<Ece>/V",
        [473] = "THD Ewe/%",
        [474] = "THD I/%",
        [475] = "THD Ece/%",
        [476] = "NSD Ewe/%",
        [477] = "NSD I/%",
        [478] = "NSD Ece/%",
        [479] = "NSR Ewe/%",
        [480] = "NSR I/%",
        [481] = "NSR Ece/%",
        [486] = "|Ewe h2|/V",
        [487] = "|Ewe h3|/V",
        [488] = "|Ewe h4|/V",
        [489] = "|Ewe h5|/V",
        [490] = "|Ewe h6|/V",
        [491] = "|Ewe h7|/V",
        [492] = "|I h2|/A",
        [493] = "|I h3|/A",
        [494] = "|I h4|/A",
        [495] = "|I h5|/A",
        [496] = "|I h6|/A",
        [497] = "|I h7|/A",
        [498] = "|Ece h2|/V",
        [499] = "|Ece h3|/V",
        [500] = "|Ece h4|/V",
        [501] = "|Ece h5|/V",
        [502] = "|Ece h6|/V",
        [503] = "|Ece h7|/V",
        [505] = "Rdc/Ohm",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, (string Name, MprType Type)> Integers = new Dictionary<int, (string, MprType)>
    {
        [39] = ("I Range", MprType.UInt16),
        [131] = ("Ns", MprType.UInt16),
        [212] = ("half cycle", MprType.UInt32),
        [213] = ("z cycle", MprType.UInt32),
        [295] = ("I Range", MprType.UInt16),
        [468] = ("half cycle", MprType.UInt32),
        [469] = ("z cycle", MprType.UInt32),
        [509] = ("Acir/Dcir Control", MprType.UInt8),
    }.ToFrozenDictionary();

    public static bool IsFlag(int id) => Flags.Any(flag => flag.Id == id);

    /// <summary>Name and number type of a column that is no flag; <c>null</c> for an unknown number.</summary>
    public static (string Name, MprType Type)? Find(int id) =>
        Float32.TryGetValue(id, out var single) ? (single, MprType.Float32)
        : Float64.TryGetValue(id, out var full) ? (full, MprType.Float64)
        : Integers.TryGetValue(id, out var integer) ? integer
        : null;

    public static int Bytes(this MprType type) => type switch { MprType.UInt8 => 1, MprType.UInt16 => 2, MprType.Float64 => 8, _ => 4 };
}
