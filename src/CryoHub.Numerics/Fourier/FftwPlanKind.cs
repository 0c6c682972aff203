namespace CryoHub.Numerics.Fourier;

/// <summary>The transforms the house uses.</summary>
internal enum FftwPlanKind { ForwardRows, PairRows, InverseRows, ForwardColumns, ForwardPlane, InversePlane, ForwardSpace, InverseSpace }
