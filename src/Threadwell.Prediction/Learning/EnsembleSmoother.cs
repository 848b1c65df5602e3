using MathNet.Numerics.LinearAlgebra;

namespace Threadwell.Prediction;

/// <summary>
/// Learns from measurements by the covariance of many courses: their mean is moved by what the measurements tell of it, and their spread round it is drawn together, so that mean and
/// covariance of the moved courses are those of the posterior where courses and errors are normal (ensemble transform with the symmetric root: Bishop, Etherton and Majumdar 2001,
/// doi 10.1175/1520-0493(2001)129&lt;0420:ASWTET&gt;2.0.CO;2; Hunt, Kostelich and Szunyogh 2007, doi 10.1016/j.physd.2006.11.008).
/// </summary>
/// <remarks>
/// Weighing the courses instead (importance sampling) needs no normality, but leaves of a hundred courses only a handful after two visits, and bands of a handful are too narrow. Nothing
/// is drawn at random here.
/// </remarks>
internal static class EnsembleSmoother
{
    // Directions of which the courses know less than this, relative to the errors, teach nothing.
    private const double Negligible = 1e-12;

    /// <summary>Moves the courses.</summary>
    /// <param name="states">Each course as one row of numbers: [course][number]. At least two courses.</param>
    /// <param name="measured">What each course says that each measurement would have found: [course][measurement].</param>
    /// <param name="values">What was measured.</param>
    /// <param name="errors">Standard errors, above 0.</param>
    /// <returns>The moved courses, in the order of the given ones.</returns>
    /// <exception cref="ArgumentException">Fewer than two courses, or lengths that do not fit.</exception>
    public static double[][] Update(double[][] states, double[][] measured, double[] values, double[] errors)
    {
        if (states.Length < 2 || measured.Length != states.Length || values.Length == 0 || errors.Length != values.Length || errors.Any(error => !(error > 0)))
        {
            throw new ArgumentException("At least two courses and a measurement with its error are needed.", nameof(states));
        }

        double root = Math.Sqrt(states.Length - 1);
        double[] expected = Mean(measured), middle = Mean(states);

        // Each row a measurement, each column a course, in units of the errors.
        Matrix<double> says = Matrix<double>.Build.Dense(values.Length, states.Length, (at, course) => (measured[course][at] - expected[at]) / (errors[at] * root));
        Vector<double> surprise = Vector<double>.Build.Dense(values.Length, at => (values[at] - expected[at]) / errors[at]);
        var parts = (says * says.Transpose()).Evd(Symmetricity.Symmetric);
        Matrix<double> state = Matrix<double>.Build.Dense(states.Length, middle.Length, (course, at) => states[course][at] - middle[at]);
        Vector<double> moved = Vector<double>.Build.DenseOfArray(middle);
        Matrix<double> spread = state.Clone();
        for (int part = 0; part < values.Length; part++)
        {
            double information = parts.EigenValues[part].Real;
            if (information < Negligible)
            {
                continue;
            }

            Vector<double> direction = parts.EigenVectors.Column(part);
            Vector<double> courses = says.TransposeThisAndMultiply(direction) / Math.Sqrt(information);
            Vector<double> along = state.TransposeThisAndMultiply(courses);
            moved += along * (Math.Sqrt(information) / (1 + information) * (direction * surprise) / root);
            spread += courses.OuterProduct(along) * ((1 / Math.Sqrt(1 + information)) - 1);
        }

        return [.. Enumerable.Range(0, states.Length).Select(course => (spread.Row(course) + moved).ToArray())];
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(at => rows.Average(row => row[at]))];
}
