using CryoHub.Formats.Text;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Maccor;

/// <summary>Maccor names many columns by the plural of their unit.</summary>
internal static class MaccorColumn
{
    public static SignalColumn Of(string name) => new(name, name.ToUpperInvariant() switch
    {
        "AMPS" => "A",
        "VOLTS" => "V",
        "AMP-HR" => "Ah",
        "WATT-HR" => "Wh",
        "ACIMP/OHMS" or "DCIR/OHMS" => "Ohm",
        "TEST (SEC)" or "STEP (SEC)" or "TIME(SEC)" => "s",
        _ => ColumnUnit.Of(name),
    });
}
