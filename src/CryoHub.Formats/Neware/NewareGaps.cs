namespace CryoHub.Formats.Neware;

/// <summary>
/// Testers of BTS 8 store voltage and current of every row, but time, capacity and energy only where the interval changes. The rows between follow in the interval of
/// the last stored row, as the vendor's export of the same test shows; capacity and energy are summed from current and voltage.
/// </summary>
internal static class NewareGaps
{
    /// <returns>How many rows were filled.</returns>
    public static int Fill(NewareRow[] rows)
    {
        var filled = 0;
        var (charge, energy) = (0.0, 0.0);
        var known = default(NewareRow?);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var row = ref rows[i];
            if (!double.IsNaN(row.Time))
            {
                (known, charge, energy) = (row, 0, 0);
                continue;
            }

            if (known is not { } last)
            {
                continue;
            }

            filled++;
            charge += last.Interval * row.Current / 3600;
            energy += last.Interval * row.Current * row.Voltage / 3600;
            var elapsed = last.Interval * (row.Index - last.Index);
            row.Time = last.Time + elapsed;
            row.Moment = last.Moment + (elapsed * 1e3);
            row.ChargeCapacity = Math.Abs(last.ChargeCapacity) + Math.Max(charge, 0);
            row.DischargeCapacity = Math.Abs(last.DischargeCapacity) + Math.Max(-charge, 0);
            row.ChargeEnergy = Math.Abs(last.ChargeEnergy) + Math.Max(energy, 0);
            row.DischargeEnergy = Math.Abs(last.DischargeEnergy) + Math.Max(-energy, 0);
        }

        return filled;
    }
}
