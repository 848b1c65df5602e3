using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>Regression that leaves out what tells nothing.</summary>
public sealed class SparseRegressionTests
{
    /// <summary>Inputs that have nothing to do with each other: each least-squares slope comes closer to nothing by the penalty, and stops there; one that never changes has none.</summary>
    [Fact]
    public void InputsByThemselvesGiveTheirSlopesLessThePenalty()
    {
        Matrix<double> products = DenseMatrix.OfDiagonalArray([1, 1, 1, 0]);
        Assert.Equal([0.7, -0.2, 0, 0], SparseRegression.Slopes(products, [0.9, -0.4, 0.15, 0], deviation: 2, penalty: 0.1), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    /// <summary>What tells the least of the sum of squares and penalty, whatever the inputs have to do with each other: with each slope that is not nothing the squares fall by the penalty, and with no other by more.</summary>
    [Fact]
    public void NoSlopeCouldBeBetter()
    {
        const double Penalty = 0.05, Deviation = 1.3;
        var random = new Random(5);
        Matrix<double> inputs = DenseMatrix.Create(80, 12, (_, _) => random.NextDouble() - 0.5) * DenseMatrix.Create(12, 12, (row, column) => row == column ? 1 : 0.3 * random.NextDouble());
        Vector<double> values = (inputs.Column(2) * 3) - inputs.Column(7) + DenseVector.Create(80, _ => 0.1 * random.NextDouble());
        double[] moments = [.. inputs.TransposeThisAndMultiply(values) / 80];
        Matrix<double> products = inputs.TransposeThisAndMultiply(inputs) / 80;
        double[] slopes = SparseRegression.Slopes(products, moments, Deviation, Penalty);
        Vector<double> gradient = DenseVector.OfArray(moments) - (products * DenseVector.OfArray(slopes));
        Assert.Contains(0, slopes);
        for (int input = 0; input < slopes.Length; input++)
        {
            Assert.Equal(slopes[input] == 0 ? 0 : Math.Sign(slopes[input]) * Penalty * Deviation, slopes[input] == 0 ? Math.Max(0, Math.Abs(gradient[input]) - (Penalty * Deviation)) : gradient[input], 1e-4);
        }
    }
}
