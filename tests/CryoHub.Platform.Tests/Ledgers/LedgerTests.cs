using CryoHub.Platform.Ledgers;
using static CryoHub.Platform.Tests.Ledgers.Recorded;

namespace CryoHub.Platform.Tests.Ledgers;

public sealed class LedgerTests
{
    [Fact]
    public void Exposure_is_ppm_times_minutes_over_all_steps()
    {
        var ledger = ExposureLedger.Of([
            Step("disassembly", 0, 12, ("oxygen", "0.3 ppm"), ("water", "0.5 ppm")),
            Step("wash", 20, 30, ("oxygen", "300 ppb"), ("water", "1 ppm"), ("gas", "argon"))]);
        Assert.Equal((0.3 * 12) + (0.3 * 30), ledger.OxygenPpmMin, 1e-9);
        Assert.Equal((0.5 * 12) + (1 * 30), ledger.WaterPpmMin, 1e-9);
        Assert.False(ledger.IsLowerBound);
    }

    [Fact]
    public void A_step_without_a_record_makes_the_sum_a_lower_bound()
    {
        var ledger = ExposureLedger.Of([Step("disassembly", 0, 12, ("oxygen", "1"), ("water", "1")), Step("transfer", 20, 42)]);
        Assert.True(ledger.IsLowerBound);
        Assert.Equal(12, ledger.OxygenPpmMin, 1e-9);
    }

    [Theory]
    [InlineData("liquid nitrogen")]
    [InlineData("vacuum")]
    public void Shut_off_from_gas_a_step_needs_no_ppm(string around) =>
        Assert.False(ExposureLedger.Of([Step("disassembly", 0, 0), Step("storage", 1, 5000, ("gas", around))]).IsLowerBound);

    [Fact]
    public void A_sealed_cell_is_not_exposed() => Assert.False(ExposureLedger.Of([Step("cell-assembly", 0, 5), Step("cycling", 10, 900)]).IsLowerBound);

    [Fact]
    public void A_specimen_is_as_old_at_its_last_step_as_the_clock_says()
    {
        var ages = ExposureLedger.Of([
            Step("cycling", 0, 60, ("stopped", "plated")), Step("disassembly", 100, 10), Step("lift-out", 200, 30), Step("wash", 300, 20)]).Ages;
        Assert.Equal([("plating", 260), ("disassembly", 210), ("lift-out", 90)], ages.Select(age => (age.Since, (int)age.AtLastStep.TotalMinutes)));
        Assert.Empty(ExposureLedger.Of([Step("cycling", 0, 60, ("stopped", "stripped")), Step("disassembly", 100, 10)]).Ages);   // nothing was plated, and nothing came after
        Assert.Empty(ExposureLedger.Of([]).Ages);
    }

    [Fact]
    public void Exposure_equals_a_naive_recomputation_whatever_the_order()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var steps = Enumerable.Range(0, random.Next(1, 20)).Select(_ =>
            {
                var ppm = random.Next(0, 100);
                return (Ppm: ppm, Minutes: random.Next(0, 500), Step: 0);
            }).Select(drawn => (drawn.Ppm, drawn.Minutes, Step: Step("note", random.Next(0, 10_000), drawn.Minutes, ("oxygen", $"{drawn.Ppm} ppm"), ("water", "0 ppm")))).ToList();
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(steps));
            Assert.Equal(steps.Sum(drawn => (double)drawn.Ppm * drawn.Minutes), ExposureLedger.Of([.. steps.Select(drawn => drawn.Step)]).OxygenPpmMin, 1e-6);
        }
    }

    [Fact]
    public void Warmer_than_the_frozen_mediums_limit_is_an_alarm_and_no_record_is_one_too()
    {
        var trail = TemperatureTrail.Of(
            [
                Step("disassembly", 0, 10, ("temperature-max", "22 °C")),
                Step("vitrification", 20, 1, ("frozen-medium", "water"), ("temperature-max", "-180 °C")),
                Step("storage", 30, 100, ("temperature-max", "-196 °C")),
                Step("transfer", 140, 42),
                Step("milling", 200, 30, ("temperature-min", "-160 °C"), ("temperature-max", "-130 °C")),
            ], ColdLimit.Known);
        Assert.Equal([false, false, false, false, true], trail.Select(entry => entry.IsTooWarm));
        Assert.Equal([true, true, true, false, true], trail.Select(entry => entry.IsRecorded));
    }

    [Fact]
    public void What_a_session_says_holds_for_its_acquisitions()
    {
        ChronicleStep[] steps =
        [
            Step("disassembly", 0, 0), Step("vitrification", 1, 1, ("frozen-medium", "water"), ("oxygen", "1"), ("water", "1")),
            Step("session", 10, 60, ("gas", "vacuum"), ("temperature-min", "-178 °C"), ("temperature-max", "-171 °C")), Step("acquisition", 20, 5), Step("acquisition", 69, 5),
        ];
        Assert.Equal([true, false], TemperatureTrail.Of(steps, ColdLimit.Known).TakeLast(2).Select(entry => entry.IsRecorded));
        Assert.Equal([true, false], ExposureLedger.Of(steps).Entries.TakeLast(2).Select(entry => entry.IsRecorded));
    }

    [Fact]
    public void A_medium_without_a_set_limit_has_no_alarm() =>
        Assert.False(TemperatureTrail.Of([Step("vitrification", 0, 1, ("frozen-medium", "electrolyte")), Step("milling", 5, 5, ("temperature-max", "-100 °C"))], ColdLimit.Known)[1].IsTooWarm);

    /// <summary>1 nA on 1 µm² is 62.415 electrons per square ångström and second (CODATA 2018 elementary charge).</summary>
    /// <summary>120 counts at 8 counts an electron are 15 electrons, on 0.5 Å x 0.5 Å.</summary>
    [Fact]
    public void Counts_gain_and_pixel_tell_the_dose_where_nothing_else_does()
    {
        var counted = ("counts", "120");
        Assert.Equal(60, Assert.Single(DoseLedger.Of([Step("acquisition", 0, 1, counted, ("gain", "8"), ("pixel-size", "0.05 nm"))])).SumPerA2, 9);
        Assert.True(Assert.Single(DoseLedger.Of([Step("acquisition", 0, 1, counted, ("pixel-size", "0.05 nm"))])).IsLowerBound);
    }

    [Fact]
    public void A_scanned_dose_is_current_times_dwell_over_step_squared()
    {
        var dose = DoseLedger.Of([Step("acquisition", 0, 1, ("probe-current", "1 nA"), ("dwell", "1 s"), ("scan-step", "1 µm"))]);
        Assert.Equal(62.4151, dose[0].OwnPerA2!.Value, 1e-3);
    }

    [Fact]
    public void Doses_add_up_where_fields_of_view_overlap()
    {
        var dose = DoseLedger.Of([
            Step("acquisition", 0, 1, ("fluence", "0.02 e/Å²"), ("mode", "atlas")),
            Shot(10, 0, 5, "1.4"), Shot(20, 100, 5, "12"), Shot(30, 3, 2, "41"), Shot(40, 3, 2, "76")]);
        Assert.Equal([0.02, 1.42, 12.02, 42.42, 118.42], dose.Select(entry => Math.Round(entry.SumPerA2, 9)));
    }

    [Fact]
    public void Named_places_are_told_apart()
    {
        var dose = DoseLedger.Of([
            Step("acquisition", 0, 1, ("fluence", "10"), ("place", "square 2")), Step("acquisition", 5, 1, ("fluence", "20"), ("place", "square 3")), Step("acquisition", 9, 1, ("place", "Square 2"))]);
        Assert.Equal([10.0, 20.0, 10.0], dose.Select(entry => entry.SumPerA2));
        Assert.True(dose[2].IsLowerBound);
    }

    [Fact]
    public void The_least_robust_phase_is_named_first() =>
        Assert.Equal(["Li2CO3", "Li2O2", "LiOH", "electrolyte"], CriticalFluence.ExceededBy(20_000, CriticalFluence.Reported, 300).Select(limit => limit.Phase));

    [Theory]
    [InlineData(300.0, null)]
    [InlineData(200.0, "C K fine structure")]
    [InlineData(80.0, "C K fine structure")]
    [InlineData(null, "C K fine structure")]
    public void Of_several_limits_for_a_phase_the_one_of_the_nearest_beam_energy_counts(double? beamKeV, string? exceeded)
    {
        CriticalFluence[] limits = [new("Li2CO3", 750, 200, "C K fine structure", "a", true), new("Li2CO3", 2000, 300, "lattice, 100 K", "b", true), new("li2co3", 1, null, "hearsay", "c", false)];
        var found = CriticalFluence.ExceededBy(1000, beamKeV is null ? limits[..2] : limits, beamKeV);
        Assert.Equal(exceeded, found.SingleOrDefault()?.Criterion);
    }

    [Fact]
    public void The_beam_energy_of_an_acquisition_is_that_of_its_session()
    {
        var ledger = DoseLedger.Of([Step("session", 0, 60, ("beam-energy", "300 keV")), Step("acquisition", 10, 1, ("fluence", "10 e/Å²")), Step("acquisition", 90, 1, ("fluence", "10 e/Å²"))]);
        Assert.Equal(300, ledger[0].BeamKeV!.Value, 1e-9);
        Assert.Null(ledger[1].BeamKeV);
    }

    [Fact]
    public void The_method_card_says_what_another_lab_would_miss()
    {
        var full = Step("disassembly", 0, 12, ("glovebox", "2"), ("gas", "argon"), ("oxygen", "0.3 ppm"), ("water", "0.5 ppm"));
        var card = MethodCard.Of([full, Step("vitrification", 20, 1, ("cryogen", "slush nitrogen"))]);
        Assert.Contains("Disassembly (5 Mar 2026 08:00, 12 min): glovebox 2; around it argon; oxygen 0.3 ppm; water 0.5 ppm.", card.Sentences[0], StringComparison.Ordinal);
        Assert.Contains(card.Missing, fact => fact is { StepId: null, Title: "Cell" });
        Assert.Contains(card.Missing, fact => fact is { Title: "Freezing", Label: "Delay before freezing" });
        Assert.DoesNotContain(card.Missing, fact => fact.Title == "Disassembly");

        // Asked: 4 steps that must be there, 1 + 3 facts of the disassembly, 3 of the freezing; missing: cell, cycling, session, what froze, delay.
        Assert.Equal(100 * (11 - 5) / 11, card.Percent);
    }

    private static ChronicleStep Shot(double minute, double x, double width, string fluence) =>
        Step("acquisition", minute, 1, ("fluence", fluence), ("stage-x", $"{x} µm"), ("stage-y", "0 µm"), ("field-width", $"{width} µm"));
}
