using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Impedance;

public sealed class ImpedanceLayoutTests
{
    [Fact]
    public async Task A_gamry_file_with_decimal_commas_gives_its_spectrum_its_tables_and_its_notes()
    {
        const string text = "EXPLAIN\r\nTAG\tEISPOT\r\nTITLE\tLABEL\tEIS\tTest\r\nNOTES\tNOTES\t2\tNotes\r\n\tfirst\r\n\tsecond\r\nPSTAT\tPSTAT\tIFC1000-1\tPotentiostat\r\n"
            + "ZCURVE\tTABLE\r\n\tPt\tTime\tFreq\tZreal\tZimag\r\n\t#\ts\tHz\tohm\tohm\r\n\t0\t1\t1000,5\t10,25\t-3,5\r\n\t1\t2\t100\t11\t-4\r\nEXPERIMENTABORTED\tTOGGLE\tT\tAborted\r\n";
        var signals = await Opened.SignalsAsync("x.DTA", text);
        Assert.Equal(["x", "x, ZCURVE"], signals.Select(signal => signal.Header.Name));
        Assert.Equal([10.25, -3.5, 11, -4], await signals[0].NumbersAsync());
        Assert.Equal([1000.5, 100.0], signals[0].Header.Axes[0].Values!);
        Assert.Equal(("Ohm", "IFC1000-1", "first\nsecond", "T"), (signals[0].Header.ValueUnit, signals[0].Header.Metadata.Instrument, (string?)signals[0].Header.Original.Root["NOTES"], (string?)signals[0].Header.Original.Root["EXPERIMENTABORTED"]));
    }

    [Fact]
    public async Task A_voltammogram_of_ch_instruments_is_a_table()
    {
        const string text = "Jan. 2, 2024   10:00:00\r\nCyclic Voltammetry\r\nFile: c:\\a.bin\r\nData Source:  Experiment\r\nInstrument Model:  CHI660E\r\n\r\nInit E (V) = 0\r\n\r\nPotential/V, Current/A\r\n\r\n0.100, 1.5e-6\r\n0.101, 1.7e-6\r\n";
        var table = Assert.Single(await Opened.SignalsAsync("x.txt", text));
        Assert.Equal(["V", "A"], table.Header.Columns!.Select(column => column.Unit));
        Assert.Equal([1.5e-6, 1.7e-6], (await table.ColumnAsync("Current/A")).Cast<double>());
        Assert.Equal(SignalKind.Table, table.Header.Kind);
    }
}
