namespace Threadwell.Prediction;

/// <summary>How far a prediction has come.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Doing">What it does now, in a few words.</param>
public readonly record struct CourseProgress(double Fraction, string Doing);
