using CryoHub.Formats.Text;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BioLogic;

/// <summary>Names of EC-Lab's columns carry their units: <c>Ewe/V</c>, <c>&lt;Ewe/V&gt;</c>, <c>Q charge/discharge/mA.h</c>.</summary>
internal static class EcLabColumn
{
    /// <summary><c>control/V/mA</c> is the one or the other from row to row and has no unit of its own; the unit 1 of a count is none.</summary>
    public static SignalColumn Of(string name) => new(name, name == "control/V/mA" ? "" : ColumnUnit.Of(name.TrimEnd('>')));
}
