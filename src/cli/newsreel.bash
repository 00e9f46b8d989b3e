# bash completion for newsreel: verbs, options, corpora, layers.
_newsreel() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]}
  local verbs="add articles find layer words collocates run show dump set remove info check compact"
  local layers="articles titles paragraphs sentences clauses tokens boiler dates quotes reported voices stories actors lexicon"
  local lists="leaders states organisations politics stance sanctions weapons harm"
  local options="--help"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "$verbs -e --help --version" -- "$word"))
    return
  fi
  case $before in
    --within) COMPREPLY=($(compgen -W "$layers" -- "$word")); return ;;
    --list | --actors) COMPREPLY=($(compgen -f -W "$lists" -- "$word")); return ;;
    --by) COMPREPLY=($(compgen -W "day week month quarter year source form article actor" -- "$word")); return ;;
    --fields) COMPREPLY=($(compgen -f -X '!*.csv' -- "$word")); return ;;
    --measure) COMPREPLY=($(compgen -W "loglikelihood pmi npmi logdice logratio deltap" -- "$word")); return ;;
    --during | --where | --field | --map | --window | --top | --least) return ;;
  esac
  case $verb in
    add) options+=" --field --fields --map --outlets --replace --no-clean --repair --compress --workers --verbose --json" ;;
    find) options+=" --within --count --by --during --where --actors --json" ;;
    layer) options+=" --list --during --where --json" ;;
    words) options+=" --top --during --where --json" ;;
    collocates) options+=" --window --measure --least --top --during --where --json" ;;
    articles) options+=" --during --where --undated --empty --json" ;;
    dump) options+=" --during --where" ;;
    check) options+=" --salvage" ;;
    compact) options+=" --compress --no-compress" ;;
    info) options+=" --sections --json" ;;
    show) options+=" --json" ;;
    run) options+=" --sandbox --limit --corpus" ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ $verb == run ]] && ((COMP_CWORD == 2)); then
    COMPREPLY=($(compgen -f -X '!*.lua' -- "$word") $(compgen -d -- "$word"))
  elif [[ $verb == layer ]] && ((COMP_CWORD == 3)); then
    COMPREPLY=($(compgen -W "$layers" -- "$word"))
  elif ((COMP_CWORD == 2)); then
    COMPREPLY=($(compgen -f -X '!*.reel' -- "$word") $(compgen -d -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _newsreel newsreel
