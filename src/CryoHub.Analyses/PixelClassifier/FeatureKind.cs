namespace CryoHub.Analyses.PixelClassifier;

/// <summary>What is computed at a scale.</summary>
internal enum FeatureKind { Gaussian, Laplacian, GradientMagnitude, DifferenceOfGaussians, StructureTensor, Hessian }
