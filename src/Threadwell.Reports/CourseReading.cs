using Threadwell.Plans;

namespace Threadwell.Reports;

/// <summary>What a prediction says of one time: means over its landmarks along the planned directions, mm.</summary>
/// <param name="SinceBefore">Shift of the treated skin since before the treatment: what two scans would show.</param>
/// <param name="Lift">The same against the untreated course.</param>
/// <param name="Untreated">Shift of the skin that was not treated.</param>
public readonly record struct CourseReading(double SinceBefore, double Lift, double Untreated)
{
    /// <summary>Days of a month as courses count them.</summary>
    public const double DaysPerMonth = MeanCourse.DaysPerMonth;

    /// <summary>Reads a prediction off, linearly between stored times.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="months">Months since the treatment.</param>
    /// <returns>Null beyond the time simulated.</returns>
    public static CourseReading? At(PredictionDocument prediction, double months)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var course = new MeanCourse(prediction);
        return months > course.Months[^1] ? null : new(course.At(course.AgainstDayZero, months), course.At(course.Lift, months), course.At(course.Untreated, months));
    }
}
