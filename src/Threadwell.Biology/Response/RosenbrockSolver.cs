namespace Threadwell.Biology;

/// <summary>
/// Integrates a stiff system with the Rosenbrock method RODAS (Hairer &amp; Wanner 1996, Solving Ordinary Differential Equations II, IV.7): six
/// stages, order 4, L-stable, with an embedded solution of order 3 for the step size. Linear invariants of the system are kept to rounding.
/// </summary>
/// <remarks>
/// Pinned by tests of its order, of stiff problems in closed form, and against another integrator. Not safe for use by two threads at once:
/// it keeps its workspace.
/// </remarks>
internal sealed class RosenbrockSolver
{
    private const int Stages = 6;

    // The Jacobian's shift: each stage solves (I/(γ h) − J) k = f(t + α h, y + Σ a k) + Σ c k / h + δ h ∂f/∂t.
    private const double Gamma = 0.25;
    private static readonly double[] Alpha = [0, 0.386, 0.21, 0.63, 1, 1];
    private static readonly double[] Delta = [0.25, -0.1043, 0.1035, -0.0362, 0, 0];
    private static readonly double[][] A =
    [
        [],
        [1.544],
        [0.9466785280815826, 0.2557011698983284],
        [3.314825187068521, 2.896124015972201, 0.9986419139977817],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1],
    ];

    private static readonly double[][] C =
    [
        [],
        [-5.6688],
        [-2.430093356833875, -0.2063599157091915],
        [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
        [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160],
        [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
    ];

    // Tolerances a step: far below what any number of the biology is known to.
    private const double RelativeTolerance = 1e-6;
    private const double AbsoluteTolerance = 1e-9;
    private const double SmallestStep = 1e-10;
    private const double LargestGrowth = 5;
    private const double LargestShrink = 0.2;
    private const double Safety = 0.9;

    // Step of the difference quotient in time.
    private const double RootOfRounding = 1.5e-8;
    private const int StepLimit = 1_000_000;

    private readonly IOdeSystem system;
    private readonly int n;
    private readonly double[] jacobian;
    private readonly double[] matrix;
    private readonly int[] pivots;
    private readonly double[] derivative;
    private readonly double[] timeDerivative;
    private readonly double[][] stages;
    private readonly double[] trial;

    /// <summary>Prepares the workspace for a system.</summary>
    /// <param name="system">System to integrate.</param>
    public RosenbrockSolver(IOdeSystem system)
    {
        this.system = system;
        n = system.Dimension;
        jacobian = new double[n * n];
        matrix = new double[n * n];
        pivots = new int[n];
        derivative = new double[n];
        timeDerivative = new double[n];
        stages = new double[Stages][];
        for (int i = 0; i < Stages; i++)
        {
            stages[i] = new double[n];
        }

        trial = new double[n];
    }

    /// <summary>
    /// Integrates from one time to another. Unknowns that are concentrations stay at or above zero: a step that would make one of them negative
    /// by more than the tolerance is repeated at half the length, and what is within the tolerance is set to zero.
    /// </summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End, not before the start.</param>
    /// <param name="state">State at the start; at the end on return.</param>
    /// <param name="step">Length of the first step tried; the length that was found to suit on return.</param>
    /// <exception cref="IntegrationException">The step fell below its smallest length, or the limit of steps was reached.</exception>
    public void Integrate(double from, double to, Span<double> state, ref double step)
    {
        double t = from;
        for (int count = 0; t < to; count++)
        {
            if (count == StepLimit)
            {
                throw new IntegrationException($"No end was reached within {StepLimit} steps; the time reached is {t}.");
            }

            double h = Math.Min(step, to - t);
            bool last = h >= to - t;
            double error = Attempt(t, h, state);
            double factor = Math.Clamp(Safety / Math.Sqrt(Math.Sqrt(Math.Max(error, 1e-12))), LargestShrink, LargestGrowth);
            if (error <= 1)
            {
                if (IsBelowZero())
                {
                    step = h / 2;
                }
                else
                {
                    for (int i = 0; i < n; i++)
                    {
                        state[i] = Math.Max(0, trial[i]);
                    }

                    t = last ? to : t + h;

                    // A step cut short by the end says nothing against the longer one.
                    step = last ? Math.Max(step, h * factor) : h * factor;
                }
            }
            else
            {
                step = h * Math.Min(factor, 1);
            }

            if (step < SmallestStep)
            {
                throw new IntegrationException($"The step fell below {SmallestStep} at time {t}.");
            }
        }
    }

    /// <summary>One step of a given length without error control, for tests of the order.</summary>
    internal void FixedStep(double t, double h, Span<double> state)
    {
        Attempt(t, h, state);
        trial.CopyTo(state);
    }

    /// <summary>Tries a step; the new state is in <see cref="trial"/>. Returns the error over the tolerance.</summary>
    private double Attempt(double t, double h, ReadOnlySpan<double> state)
    {
        Array.Clear(jacobian);
        system.Jacobian(t, state, jacobian);
        for (int i = 0; i < n * n; i++)
        {
            matrix[i] = -jacobian[i];
        }

        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i] += 1 / (Gamma * h);
        }

        Factorise();
        double difference = RootOfRounding * Math.Max(1, Math.Abs(t));
        system.Derivative(t, state, derivative);
        system.Derivative(t + difference, state, timeDerivative);
        for (int i = 0; i < n; i++)
        {
            timeDerivative[i] = (timeDerivative[i] - derivative[i]) / difference;
        }

        for (int s = 0; s < Stages; s++)
        {
            double[] k = stages[s];
            for (int i = 0; i < n; i++)
            {
                double sum = state[i];
                double older = 0;
                for (int j = 0; j < s; j++)
                {
                    sum += A[s][j] * stages[j][i];
                    older += C[s][j] * stages[j][i];
                }

                trial[i] = sum;
                k[i] = older / h + Delta[s] * h * timeDerivative[i];
            }

            if (s > 0)
            {
                system.Derivative(t + Alpha[s] * h, trial, derivative);
            }

            for (int i = 0; i < n; i++)
            {
                k[i] += derivative[i];
            }

            Solve(k);
        }

        // The method is stiffly accurate: its last stage is both the last correction and the error of the embedded solution.
        double[] correction = stages[Stages - 1];
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            trial[i] += correction[i];
            double scaled = correction[i] / (AbsoluteTolerance + RelativeTolerance * Math.Max(Math.Abs(state[i]), Math.Abs(trial[i])));
            squares += scaled * scaled;
        }

        double error = Math.Sqrt(squares / n);
        return double.IsFinite(error) ? error : double.MaxValue;
    }

    private bool IsBelowZero()
    {
        foreach (double value in trial)
        {
            if (value < -AbsoluteTolerance)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>LU with partial pivoting in place: the systems have about ten unknowns.</summary>
    private void Factorise()
    {
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(matrix[i * n + k]) > Math.Abs(matrix[pivot * n + k]))
                {
                    pivot = i;
                }
            }

            pivots[k] = pivot;
            if (pivot != k)
            {
                for (int j = 0; j < n; j++)
                {
                    (matrix[k * n + j], matrix[pivot * n + j]) = (matrix[pivot * n + j], matrix[k * n + j]);
                }
            }

            for (int i = k + 1; i < n; i++)
            {
                double factor = matrix[i * n + k] /= matrix[k * n + k];
                if (factor == 0)
                {
                    continue;
                }

                for (int j = k + 1; j < n; j++)
                {
                    matrix[i * n + j] -= factor * matrix[k * n + j];
                }
            }
        }
    }

    private void Solve(Span<double> right)
    {
        for (int k = 0; k < n; k++)
        {
            (right[k], right[pivots[k]]) = (right[pivots[k]], right[k]);
        }

        for (int k = 0; k < n; k++)
        {
            for (int i = k + 1; i < n; i++)
            {
                right[i] -= matrix[i * n + k] * right[k];
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < n; j++)
            {
                right[k] -= matrix[k * n + j] * right[j];
            }

            right[k] /= matrix[k * n + k];
        }
    }
}
