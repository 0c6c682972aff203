namespace CryoHub.Imaging.Labels;

/// <summary>Grey values from <paramref name="Low"/> to <paramref name="High"/>, both included; a voxel without a value (NaN) is in no range.</summary>
public readonly record struct GreyRange(float Low, float High)
{
    public bool Has(float value) => value >= Low && value <= High;
}
