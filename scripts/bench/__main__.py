from scripts.bench.road import main

main()
