using System.Globalization;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Neware;

/// <summary>What was measured beside the cell: by channel, quantity and index of the row.</summary>
internal sealed class Auxiliary
{
    private const int MostChannels = 64;

    private readonly Dictionary<(int Channel, string Quantity), Dictionary<uint, double>> values = [];

    /// <summary>Voltage in V and temperature in degrees Celsius.</summary>
    public void Add(uint index, int channel, double voltage, double temperature)
    {
        if (!double.IsNaN(voltage))
        {
            Add(index, channel, "V", voltage);
        }

        Add(index, channel, "T", temperature);
    }

    /// <param name="index">Index of the row.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="quantity">V voltage, T temperature, t temperature wanted, H humidity.</param>
    /// <param name="value">In V, degrees Celsius or percent.</param>
    public void Add(uint index, int channel, string quantity, double value)
    {
        var key = (channel, quantity);
        if (!values.TryGetValue(key, out var column))
        {
            if (values.Count >= MostChannels)
            {
                return;
            }

            values.Add(key, column = []);
        }

        column.TryAdd(index, value);
    }

    /// <summary>One column a channel and quantity, named by both: <c>T1</c>.</summary>
    public IReadOnlyList<TableColumn> Columns(NewareRow[] rows) =>
    [
        .. values.OrderBy(pair => pair.Key.Channel).ThenBy(pair => "VTtH".IndexOf(pair.Key.Quantity[0], StringComparison.Ordinal)).Select(pair => new TableColumn(
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Quantity}{pair.Key.Channel}"),
            pair.Key.Quantity switch { "V" => "V", "T" or "t" => "°C", "H" => "%", _ => "" },
            [.. rows.Select(row => pair.Value.TryGetValue(row.Index, out var value) ? value : double.NaN)])),
    ];
}
