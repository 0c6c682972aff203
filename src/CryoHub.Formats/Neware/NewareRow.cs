namespace CryoHub.Formats.Neware;

/// <summary>One record of a test. Current in mA, capacities in mAh, energies in mWh, times in s; NaN where the file has no value.</summary>
internal struct NewareRow()
{
    public uint Index;
    public double Cycle = double.NaN;
    public double Step = double.NaN;
    public double StepIndex = double.NaN;
    public int Status;
    public double Time = double.NaN;
    public double Voltage = double.NaN;
    public double Current = double.NaN;
    public double ChargeCapacity = double.NaN;
    public double DischargeCapacity = double.NaN;
    public double ChargeEnergy = double.NaN;
    public double DischargeEnergy = double.NaN;

    /// <summary>Time since the row before; with the rows that a tester writes out only.</summary>
    public double Interval;

    /// <summary>Milliseconds since 1970; NaN where the file has none.</summary>
    public double Moment = double.NaN;
}
