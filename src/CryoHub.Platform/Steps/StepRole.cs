namespace CryoHub.Platform.Steps;

/// <summary>What a sample is to a step: it underwent the step, or the step made it.</summary>
public enum StepRole { Subject, Product }
