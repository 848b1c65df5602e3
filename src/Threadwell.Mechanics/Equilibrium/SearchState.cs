namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Vectors and counts of one search for equilibrium.</summary>
internal sealed class SearchState(double[] displacement)
{
    // Residuals of this many iterations tell the rate of convergence.
    private const int RateWindow = 5;
    private readonly List<double> _residuals = [];
    private EquilibriumFailure _failure;
    private string _message = "";

    public double[] Displacement = displacement;

    public double[] Gradient = new double[displacement.Length];

    public double[] Trial = new double[displacement.Length];

    public double[] TrialGradient = new double[displacement.Length];

    public double[] Direction { get; } = new double[displacement.Length];

    public double Energy { get; set; }

    public List<double> Energies { get; } = [];

    public double Residual { get; set; } = double.NaN;

    public double PreviousResidual { get; private set; } = double.PositiveInfinity;

    public int Iterations { get; private set; }

    public int LinearIterations { get; set; }

    /// <summary>Accepted steps since the tangent was last factorised in this search; large when it never was.</summary>
    public int SinceFactor { get; private set; } = 1;

    private int Factorisations { get; set; }

    public void Fail(EquilibriumFailure failure, string message) => (_failure, _message) = (failure, message);

    public void Accept(double residual)
    {
        PreviousResidual = Residual;
        Residual = residual;
        Energies.Add(Energy);
        Iterations++;
        SinceFactor++;
        _residuals.Add(residual);
    }

    public void Factorised()
    {
        Factorisations++;
        SinceFactor = 0;
        _residuals.Clear();
    }

    /// <summary>True when the iterations still to come at the present rate cost more than a factorisation.</summary>
    public bool IsSlow(double tolerance, double factorCost)
    {
        if (_residuals.Count <= RateWindow)
        {
            return false;
        }

        double rate = Math.Log(_residuals[^(RateWindow + 1)] / Residual) / RateWindow;
        double toGo = Math.Log(Residual / tolerance);
        return toGo > Math.Max(rate, 1e-3) * (factorCost + RateWindow);
    }

    public EquilibriumResult Result(double assemblySeconds, double linearSeconds) => new()
    {
        Failure = _failure,
        Message = _message,
        RelativeResidual = Residual,
        Iterations = Iterations,
        LinearIterations = LinearIterations,
        Factorisations = Factorisations,
        Energies = Energies,
        AssemblySeconds = assemblySeconds,
        LinearSeconds = linearSeconds,
    };
}
