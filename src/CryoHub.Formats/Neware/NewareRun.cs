using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Neware;

/// <summary>The rows of a test and what was measured beside the cell, as the table that a reader of the files expects.</summary>
/// <param name="Rows">In the order of their index.</param>
/// <param name="IsUtc">Times are seconds since 1970 UTC; otherwise the wall clock of the tester.</param>
/// <param name="Auxiliaries">Columns as long as the rows.</param>
internal sealed record NewareRun(NewareRow[] Rows, bool IsUtc, IReadOnlyList<TableColumn> Auxiliaries)
{
    public TableSignal Table(string name, MetadataTree original)
    {
        TableColumn[] columns =
        [
            Column("Index", "", (in row) => row.Index),
            Column("Cycle", "", (in row) => row.Cycle),
            Column("Step", "", (in row) => row.Step),
            Column("Step_Index", "", (in row) => row.StepIndex),
            TableColumn.OfWords("Status", [.. Rows.Select(row => NewareCodes.State(row.Status))]),
            Column("Time", "s", (in row) => row.Time),
            Column("Voltage", "V", (in row) => row.Voltage),
            Column("Current(mA)", "mA", (in row) => row.Current),
            Column("Charge_Capacity(mAh)", "mAh", (in row) => row.ChargeCapacity),
            Column("Discharge_Capacity(mAh)", "mAh", (in row) => row.DischargeCapacity),
            Column("Charge_Energy(mWh)", "mWh", (in row) => row.ChargeEnergy),
            Column("Discharge_Energy(mWh)", "mWh", (in row) => row.DischargeEnergy),
            Timestamps(),
            .. Auxiliaries,
        ];
        var started = Rows.Length > 0 ? Moment(Rows[0].Moment)?.ToString("yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture) : null;
        return TableSignal.Of(name, SignalKind.Trace, columns, new AcquisitionMetadata { AcquiredAt = started is null || !IsUtc ? started : $"{started}+00:00" }, original);
    }

    /// <summary>Steps are counted from 1: whenever the given mark changes from one row to the next.</summary>
    public static void CountSteps(Span<NewareRow> rows)
    {
        var (count, last) = (0.0, double.NaN);
        foreach (ref var row in rows)
        {
            if (count == 0 || !row.Step.Equals(last))
            {
                count++;
            }

            (last, row.Step) = (row.Step, count);
        }
    }

    /// <summary>
    /// Cycles as the vendor's program counts them by default ("charge first"): a new one begins with the first row of a charge after a discharge. The numbers in the
    /// file follow the loops of the schedule, which need not be cycles.
    /// </summary>
    public static void CountCycles(Span<NewareRow> rows)
    {
        var (cycle, hasDischarged, wasCharging) = (1.0, false, false);
        for (var i = 0; i < rows.Length; i++)
        {
            var charges = NewareCodes.Charges(rows[i].Status);
            if (hasDischarged && i > 0 && charges && !wasCharging)
            {
                cycle++;
                hasDischarged = false;
            }
            else if (NewareCodes.Discharges(rows[i].Status) || NewareCodes.Simulates(rows[i].Status))
            {
                hasDischarged = true;
            }

            (wasCharging, rows[i].Cycle) = (charges, cycle);
        }
    }

    private TableColumn Column(string name, string unit, NewareCells.Quantity value) => new(name, unit, new NewareCells(Rows, value));

    /// <summary>Nearly every row has a moment of its own: one word each, in the order of the rows.</summary>
    private TableColumn Timestamps()
    {
        var words = new List<string>(Rows.Length);
        var numbers = new double[Rows.Length];
        var index = new Dictionary<double, int>(Rows.Length);
        for (var i = 0; i < Rows.Length; i++)
        {
            var milliseconds = Rows[i].Moment;
            if (Moment(milliseconds) is not { } moment)
            {
                numbers[i] = double.NaN;
                continue;
            }

            if (!index.TryGetValue(milliseconds, out var word))
            {
                index.Add(milliseconds, word = words.Count);
                words.Add(Text(moment));
            }

            numbers[i] = word;
        }

        return new(new SignalColumn("Timestamp", "", words), numbers);
    }

    /// <summary>ISO 8601: with the offset where it is known, with microseconds where there is a fraction.</summary>
    private string Text(DateTime moment)
    {
        Span<char> text = stackalloc char[28];
        moment.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);       // 0: date and time, 19: fraction to 100 ns
        return string.Concat(text[..(moment.Ticks % TimeSpan.TicksPerSecond == 0 ? 19 : 26)], IsUtc ? "+00:00" : "");
    }

    private static DateTime? Moment(double milliseconds) =>
        milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000 ? DateTime.UnixEpoch.AddTicks((long)Math.Round(milliseconds * 1000) * 10) : null;
}
